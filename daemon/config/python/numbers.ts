/** A whole number as `%d`, `%i`, `%u`, `%o`, `%x` or `%X` prints it. */
export function formatInteger(
  value: bigint,
  conversion: string,
  flags: string,
  width: number,
  precision: number,
): string {
  const size = value < 0n ? -value : value;
  const base = conversion === "o" ? 8 : conversion === "x" || conversion === "X" ? 16 : 10;
  const digits = size.toString(base).padStart(precision, "0");
  const shown = conversion === "X" ? digits.toUpperCase() : digits;
  const prefix = flags.includes("#") && base !== 10 ? `0${conversion}` : "";
  return place(signOf(value < 0n, flags), prefix, shown, flags, width);
}

/** A whole number as `%e`, `%f` or `%g` (or in capitals) prints it. */
export function formatFloat(
  value: bigint,
  conversion: string,
  flags: string,
  width: number,
  precision: number,
): string {
  const size = Number(value < 0n ? -value : value);
  const digits = precision === -1 ? 6 : precision;
  const lower = conversion.toLowerCase();
  const keepPoint = flags.includes("#");
  const text =
    lower === "f"
      ? fixed(size, digits, keepPoint)
      : lower === "e"
        ? exponent(size, digits, keepPoint)
        : general(size, Math.max(digits, 1), keepPoint);
  const shown = conversion === lower ? text : text.toUpperCase();
  return place(signOf(value < 0n, flags), "", shown, flags, width);
}

function signOf(negative: boolean, flags: string): string {
  if (negative) return "-";
  if (flags.includes("+")) return "+";
  return flags.includes(" ") ? " " : "";
}

function place(sign: string, prefix: string, digits: string, flags: string, width: number): string {
  const missing = Math.max(0, width - sign.length - prefix.length - digits.length);
  if (flags.includes("-")) return sign + prefix + digits + " ".repeat(missing);
  if (flags.includes("0")) return sign + prefix + "0".repeat(missing) + digits;
  return " ".repeat(missing) + sign + prefix + digits;
}

/** The value is whole, so its decimals are zeros. */
function fixed(size: number, digits: number, keepPoint: boolean): string {
  const whole = BigInt(size).toString();
  if (digits === 0) return keepPoint ? `${whole}.` : whole;
  return `${whole}.${"0".repeat(digits)}`;
}

function exponent(size: number, digits: number, keepPoint: boolean): string {
  const { figures, power } = rounded(size, digits + 1);
  const point = digits > 0 || keepPoint ? "." : "";
  return `${figures[0]}${point}${figures.slice(1)}e+${String(power).padStart(2, "0")}`;
}

/** The first `count` figures of a whole number and the power of ten of the first; a tie goes to the even one, as in C. */
function rounded(size: number, count: number): { readonly figures: string; readonly power: number } {
  const whole = BigInt(size);
  const length = whole.toString().length;
  if (length <= count) return { figures: whole.toString().padEnd(count, "0"), power: length - 1 };
  const unit = 10n ** BigInt(length - count);
  const [quotient, twice] = [whole / unit, (whole % unit) * 2n];
  const up = twice > unit || (twice === unit && quotient % 2n === 1n);
  const figures = (up ? quotient + 1n : quotient).toString();
  return { figures: figures.slice(0, count), power: length - 1 + (figures.length - count) };
}

/** `%g`: fixed for a small exponent, without the zeros at the end unless `#` keeps them. */
function general(size: number, digits: number, keepPoint: boolean): string {
  const { power } = rounded(size, digits);
  if (power < digits) return keepPoint ? fixed(size, digits - 1 - power, true) : fixed(size, 0, false);
  const text = exponent(size, digits - 1, keepPoint);
  return keepPoint ? text : text.replace(/\.?0*e/, "e");
}

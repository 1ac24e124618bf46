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
  const [mantissa = "0", power = "+0"] = size.toExponential(Math.min(digits, 100)).split("e");
  const padded = digits > 100 ? mantissa + "0".repeat(digits - 100) : mantissa;
  const pointed = keepPoint && !padded.includes(".") ? `${padded}.` : padded;
  return `${pointed}e${power[0]}${power.slice(1).padStart(2, "0")}`;
}

/** `%g`: fixed for a small exponent, without the zeros at the end unless `#` keeps them. */
function general(size: number, digits: number, keepPoint: boolean): string {
  const power = Number(size.toExponential(Math.min(digits - 1, 100)).split("e")[1]);
  if (power < digits) {
    const decimals = digits - 1 - power;
    return keepPoint ? fixed(size, decimals, true) : fixed(size, 0, false);
  }
  const text = exponent(size, digits - 1, keepPoint);
  if (keepPoint) return text;
  const [mantissa = "", power10 = ""] = text.split("e");
  return `${mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa}e${power10}`;
}

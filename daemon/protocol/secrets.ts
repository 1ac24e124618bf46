/** What stands where a secret was. */
export const MASK = "***";

/**
 * Text without the secrets that commands, addresses and settings usually carry: passwords in URLs, values of names such
 * as `DB_PASSWORD` or `--token`, credentials in HTTP headers. It takes a time that grows with the length of the text.
 */
export function maskSecrets(text: string): string {
  return replaceSecrets(text, () => MASK);
}

/** The same for somebody who decides whether a command may run: what a shell would act on is never hidden. */
export function maskInertSecrets(command: string): string {
  return replaceSecrets(command, (secret) => (ACTIVE.test(secret) ? secret : MASK));
}

/** A message about a configuration, without the secrets in the values that it quotes. */
export function maskMessage(message: string): string {
  return maskSecrets(
    message
      .replace(QUOTED_PASSWORD, `$1${MASK}$3`)
      .replace(QUOTED_PAIRS, (_, before: string, value: string, after: string) =>
        [before, maskPairs(value), after].join(""),
      )
      .replace(CUT_VALUE, (whole, name: string, between: string) =>
        namesSecret(name) ? `${name}${between}${MASK}"` : whole,
      ),
  );
}

/** From the first secret on: what is wrong with such a text is often where its values end. */
function maskPairs(text: string): string {
  for (const { index, groups } of text.matchAll(/(?<name>[\w.-]+)\s*=/g)) {
    const name = groups?.name ?? "";
    if (namesSecret(name)) return `${text.slice(0, index)}${name}=${MASK}`;
  }
  return text;
}

/** Whether what goes by this name is usually a secret. */
export function namesSecret(name: string): boolean {
  return !DIRECTORIES.has(name) && SECRET_NAME.test(name);
}

function replaceSecrets(text: string, mask: (secret: string) => string): string {
  const value = (whole: string, name: string, between: string, secret: string) =>
    namesSecret(name) ? `${name}${between}${mask(secret)}` : whole;
  const rest = (_: string, before: string, secret: string) => `${before}${mask(secret)}`;
  return text
    .replace(URL_PASSWORD, rest)
    .replace(URL_KEY, rest)
    .replace(HTTP_CREDENTIALS, rest)
    .replace(LOGIN, rest)
    .replace(SETTING, value)
    .replace(OPTION, value);
}

const QUOTED_PASSWORD = /(Format string ')(.*)(' for '(?:[\w.:]+\.)?password')/s;
const QUOTED_PAIRS = /((?:in value|Format string) ')(.*)(' (?:in section|for '))/s;
const CUT_VALUE = /([\w.-]+)( would be cut to ")[^"]*"/g;

/** What a shell does something with, and paths of what may be executed. */
const ACTIVE = /[$`;|&<>()\n]|^["']?[.~]{0,2}\//;

/** A shell's names for where it is and was. */
const DIRECTORIES: ReadonlySet<string> = new Set(["PWD", "OLDPWD"]);

const SECRET_NAME =
  /secret|passw|passphrase|pwd|credential|(?:^|[_.-])(?:pass|auth)(?:$|[_.-])|token$|api[_.-]?key|[_.-]key$/i;

/** Quotes may stand anywhere in a word of the shell. */
const WORD = `((?:"[^"]*"|'[^']*'|[^\\s"'])+)`;

const URL_PASSWORD = /(:\/\/[^\s/@:]*:)([^\s/]*)(?=@)/g;
/** Nobody's name is as long as a key. */
const URL_KEY = /(:\/\/)([^\s/@:]{20,})(?=@)/g;
const HTTP_CREDENTIALS = /\b((?:bearer|basic)\s+)([\w+/=.~-]{8,})/gi;
/** As curl takes it. */
const LOGIN = new RegExp(`(?<![\\w-])((?:-u|--user)[ =]?[^\\s:"'=]{1,200}:)${WORD}`, "g");
const SETTING = new RegExp(`(?<![\\w.-])([\\w.-]+)(["']?\\s*[=:]\\s*)(?!//)${WORD}`, "g");
const OPTION = new RegExp(`(?<![\\w.-])(--?[\\w.-]+)(\\s+)(?!-)${WORD}`, "g");

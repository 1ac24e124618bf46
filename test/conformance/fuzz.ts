import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { readConfiguration } from "../../daemon/config/read.ts";
import { resolvedJson } from "../../daemon/config/resolved-json.ts";
import { localMachine } from "../../daemon/io/machine.ts";
import { Dice, mutated, randomConfiguration } from "./generator.ts";
import { RealSupervisor } from "./real-supervisor.ts";
import { FIXED_ENVIRONMENT, HOST } from "./stage.ts";

/**
 * Reads random configurations with the real Supervisor and with our reader, and shows, made small, every one of
 * which they think differently. Usage: fuzz.ts [COUNT] [SEED]
 */
const count = Number(process.argv[2] ?? 20_000);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);

const root = realpathSync(mkdtempSync(join(tmpdir(), "fuzz-")));
const here = join(root, "conf");
const conf = join(here, "main.conf");
mkdirSync(join(here, "inc"), { recursive: true });
const included: Readonly<Record<string, string>> = {
  "inc/a.conf": "[program:a]\ncommand=/bin/a %(here)s\n[supervisord]\nminfds=7\n",
  "inc/b.conf":
    "[DEFAULT]\nstartsecs=4\ndirectory=%(here)s/d\n[program:b]\ncommand=/bin/b\n[include]\nfiles=*.conf\n",
  "inc/.hidden.conf": "[program:hidden]\ncommand=/bin/h\n",
};
for (const [name, text] of Object.entries(included)) writeFileSync(join(here, name), text);

using supervisor = new RealSupervisor(root);
process.exitCode = (await fuzz()) === 0 ? 0 : 1;
rmSync(root, { recursive: true });

async function fuzz(): Promise<number> {
  const dice = new Dice(seed);
  const samples = corpusTexts();
  let differences = 0;
  let accepted = 0;
  const startedAt = performance.now();
  for (let done = 0; done < count && differences < 10; done++) {
    const text = asBytes(dice, randomText(dice, samples));
    writeFileSync(
      join(here, "inc/a.conf"),
      dice.chance(20) ? randomConfiguration(dice) : (included["inc/a.conf"] ?? ""),
    );
    const outcome = await compare(text);
    if (outcome.accepted) accepted++;
    if (outcome.difference === null) continue;
    differences++;
    await show(text);
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(
    `${count} configurations, ${accepted} accepted, ${differences} differences, seed ${seed}, ${seconds} s`,
  );
  return differences;
}

function randomText(dice: Dice, samples: readonly string[]): string {
  if (dice.chance(60) || samples.length === 0) return randomConfiguration(dice);
  return mutated(dice, dice.pick(samples), samples);
}

/** The text's bytes as characters, now and then with wrong ones, or with more than one piece of reading holds. */
function asBytes(dice: Dice, text: string): string {
  const filler = dice.chance(2) ? `${"; filler é\n".repeat(700 + dice.roll(300))}` : "";
  const bytes = Buffer.from(dice.chance(50) ? filler + text : text + filler).toString("latin1");
  if (!dice.chance(4)) return bytes;
  const at = dice.roll(bytes.length + 1);
  return (
    bytes.slice(0, at) +
    dice.pick([
      "\xff",
      "\xc3",
      "\xe6\x97",
      "\xed\xa0\x80",
      "\xf0\x9f",
      "\xc0\x80",
      "\xf4\x90\x80\x80",
      "\x80",
    ]) +
    bytes.slice(at)
  );
}

type Outcome = {
  readonly accepted: boolean;
  readonly difference: { readonly real: unknown; readonly ours: unknown } | null;
};

async function compare(text: string): Promise<Outcome> {
  writeFileSync(conf, text, "latin1");
  const real = await supervisor.read(conf, here);
  const machine = localMachine({
    cwd: root,
    environment: FIXED_ENVIRONMENT,
    hostName: HOST,
    tempDirectory: "/tmp",
  });
  const { fragment: _fragment, ...ours } = Object(
    resolvedJson(readConfiguration(conf, machine, { lenient: true })),
  );
  const accepted = Reflect.get(Object(real), "ok") === true;
  return {
    accepted,
    difference: isDeepStrictEqual(comparable(real), comparable(ours)) ? null : { real, ours },
  };
}

/** Which of several unknown events Supervisor names depends on how Python hashes strings. */
function comparable(result: unknown): unknown {
  const plain: unknown = JSON.parse(JSON.stringify(result));
  const error: unknown = Reflect.get(Object(plain), "error");
  if (typeof error !== "string") return plain;
  return Object.assign(Object(plain), {
    error: error.replace(/^Unknown event type .* in \[/s, "Unknown event type in ["),
  });
}

async function show(text: string): Promise<void> {
  const small = await shrink(text);
  const { difference } = await compare(small);
  console.log(`--- difference in (bytes as characters)\n${JSON.stringify(small)}`);
  console.log(`inc/a.conf: ${JSON.stringify(readFileSync(join(here, "inc/a.conf"), "utf8"))}`);
  for (const name of Object.keys(Object(difference?.real))) {
    const real = JSON.stringify(Reflect.get(Object(difference?.real), name));
    const ours = JSON.stringify(Reflect.get(Object(difference?.ours), name));
    if (real !== ours) console.log(`${name}\n  Supervisor: ${real}\n  ours:       ${ours}`);
  }
}

/** Takes out pieces, ever smaller, as long as the difference stays. */
async function shrink(text: string): Promise<string> {
  let small = text;
  for (let size = Math.ceil(small.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < small.length; ) {
      const shorter = small.slice(0, at) + small.slice(at + size);
      if ((await compare(shorter)).difference !== null) small = shorter;
      else at += size;
    }
  }
  return small;
}

function corpusTexts(): string[] {
  return ["../fixtures/config", "../../../shared/corpus"]
    .map((folder) => join(import.meta.dirname, folder, "conf"))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith(".conf"))
        .map((name) => readFileSync(join(folder, name), "utf8")),
    );
}

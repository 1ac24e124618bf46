import { main } from "./ctl/main.ts";

// A reader that has seen enough (`supervisorctl tail -f x | head`) is no failure.
process.stdout.on("error", () => process.exit(0));

main(process.argv[1] ?? "supervisorctl", process.argv.slice(2)).then(
  (status) => process.exit(status),
  (error: unknown) => {
    process.stderr.write(`Error: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);

/** What a service manager has to know to run the daemon. Paths are absolute. */
export type Service = {
  readonly node: string;
  readonly script: string;
  readonly configFile: string;
  /** Where relative paths count from. */
  readonly directory: string;
  /** How long an orderly stop may take, in seconds. */
  readonly stopSecs: number;
  readonly scope: "system" | "user";
  readonly environment: Readonly<Record<string, string>>;
};

/** A unit file for systemd. */
export function systemdUnit(service: Service): string {
  const { scope, configFile, directory, stopSecs, environment } = service;
  const place = scope === "system" ? "/etc/systemd/system" : "~/.config/systemd/user";
  const systemctl = scope === "system" ? "systemctl" : "systemctl --user";
  const variables = Object.entries(environment).map(
    ([name, value]) => `Environment=${systemdQuoted(`${name}=${value}`)}\n`,
  );
  return `# Save as ${place}/supervisord.service, then: ${systemctl} enable --now supervisord
[Unit]
Description=supervisord on ${configFile.replaceAll("%", "%%")}
After=network.target

[Service]
Type=exec
${variables.join("")}WorkingDirectory=${directory.replaceAll("%", "%%")}
ExecStart=${argumentsOf(service).map(systemdArgument).join(" ")}
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
KillMode=mixed
TimeoutStopSec=${stopSecs}

[Install]
WantedBy=${scope === "system" ? "multi-user.target" : "default.target"}
`;
}

/** A property list for launchd. */
export function launchdPlist(service: Service): string {
  const { scope, directory, stopSecs, environment } = service;
  const domain = scope === "system" ? "system" : "gui/$(id -u)";
  const place = scope === "system" ? "/Library/LaunchDaemons" : "~/Library/LaunchAgents";
  const list = argumentsOf(service).map((argument) => `    <string>${xmlText(argument)}</string>\n`);
  const variables = Object.entries(environment).map(
    ([name, value]) => `    <key>${xmlText(name)}</key>\n    <string>${xmlText(value)}</string>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- Save as ${place}/supervisord.plist, then: launchctl bootstrap ${domain} ${place}/supervisord.plist -->
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>supervisord</string>
  <key>ProgramArguments</key>
  <array>
${list.join("")}  </array>
  <key>EnvironmentVariables</key>
  <dict>
${variables.join("")}  </dict>
  <key>WorkingDirectory</key>
  <string>${xmlText(directory)}</string>
  <key>RunAtLoad</key>
  <true/>
  <key>KeepAlive</key>
  <dict>
    <key>SuccessfulExit</key>
    <false/>
  </dict>
  <key>ExitTimeOut</key>
  <integer>${stopSecs}</integer>
</dict>
</plist>
`;
}

function argumentsOf({ node, script, configFile }: Service): string[] {
  return [node, script, "-n", "-c", configFile];
}

/** In a command `$` begins a variable too. */
function systemdArgument(text: string): string {
  return systemdQuoted(text).replaceAll("$", "$$$$");
}

function systemdQuoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("%", "%%")}"`;
}

function xmlText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

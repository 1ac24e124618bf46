/** What the server says in Simplified Chinese, by the English text. */
export const CHINESE_TEXTS: Readonly<Record<string, string>> = {
  // Expansions
  "%({0})s is not known here": "此处没有 %({0})s 这个名称",
  "This value is expanded twice, and the second time fails: {0}.": "该值会被展开两次，第二次展开失败：{0}。",
  "Supervisor before 4.4 expands this value twice: write %%%% for a plain percent sign.":
    "Supervisor 4.4 之前的版本会将该值展开两次：普通百分号请写成 %%%%。",
  "Write %%%%": "改为 %%%%",
  "{0} is set by this program's own environment, which is not known yet here: set it in [supervisord] or write its value.":
    "{0} 由该程序自己的 environment 设置，读取此选项时尚不可用：请在 [supervisord] 中设置，或直接写出其值。",
  "Did you mean %({0})s?": "是否指 %({0})s？",
  "There is no name {0} here.": "此处没有名称 {0}。",
  "The environment has no variable {0}.": "环境中没有变量 {0}。",
  "Change to {0}": "改为 {0}",
  "After %({0}) a letter must say how it is printed: write %({1}){2}.":
    "%({0}) 之后必须有一个表示输出格式的字母：请写成 %({1}){2}。",
  "Write %({0}){1}": "改为 %({0}){1}",
  "A plain percent sign is written %%: alone, % starts an expansion, and the whole file is refused.":
    "普通百分号要写成 %%：单独的 % 表示展开的开始，会导致整个文件被拒绝。",
  "Double the percent sign": "将百分号写成两个",

  // Values
  "{0}: {1}": "{0}：{1}",
  "{0} {1}": "{0}{1}",
  "Did you mean {0}?": "是否指 {0}？",
  "{0} is not a value for {1}: write {2}.": "{0} 不是 {1} 的有效值：应为{2}。",
  "Write {0}": "改为 {0}",
  "true or false (also yes, no, on, off, 1, 0)": " true 或 false（也可用 yes、no、on、off、1、0）",
  "a whole number without a unit": "不带单位的整数",
  "a whole number, alone or with KB, MB or GB": "整数，可带 KB、MB 或 GB",
  "an octal number such as 022": "八进制数，例如 022",
  "a signal such as TERM, INT or HUP": "信号，例如 TERM、INT 或 HUP",
  "numbers from 0 to 255 with commas between them": "以逗号分隔的 0 到 255 的数字",
  "true, false or unexpected": " true、false 或 unexpected",
  "critical, error, warn, info, debug, trace or blather":
    " critical、error、warn、info、debug、trace 或 blather",
  "a port from 1 to 65535, alone or as HOST:PORT": " 1 到 65535 的端口，可写成 HOST:PORT",
  "user is empty: name a user, or remove the line.": "user 为空：请填写用户，或删除该行。",
  "There is no user {0} on this machine.": "本机没有用户 {0}。",
  "There is no such user or group on this machine: {0}.": "本机没有这样的用户或用户组：{0}。",
  "{0} more like this follow, listed once those above are mended.":
    "此文件中还有 {0} 处同样的问题，修正以上各处后会列出。",
  "There is no directory {0}: create it.": "目录 {0} 不存在：请创建它。",
  "The folder of {0} does not exist: create it.": "{0} 所在的目录不存在：请创建它。",
  'Supervisor cannot split this into KEY="value" pairs with commas between them.':
    'Supervisor 无法将其拆分为以逗号分隔的 KEY="value"。',
  "The name {0} may hold no space, colon or slash.": "名称 {0} 不能包含空格、冒号或斜杠。",
  "A comment needs a space before {0}: here it is a part of the value.":
    "注释符号 {0} 之前需要空格：这里它成了值的一部分。",
  "Create the folder {0}": "创建文件夹 {0}",
  "Write %(here)s/{0}": "改为 %(here)s/{0}",
  "Insert a space before {0}": "在 {0} 之前插入空格",
  "Insert a space before ;": "在 ; 之前插入空格",

  // Sections and options
  "socket_backlog must be from 1 to 65535.": "socket_backlog 必须在 1 到 65535 之间。",
  "socket_owner and socket_mode go with a unix:// socket only.":
    "socket_owner 和 socket_mode 只能用于 unix:// 套接字。",
  "The path of a unix socket must be absolute: unix:///path/to/socket.":
    "Unix 套接字的路径必须是绝对路径：unix:///path/to/socket。",
  "{0} is no socket: write unix:///path/to/socket or tcp://HOST:PORT.":
    "{0} 不是套接字：应为 unix:///path/to/socket 或 tcp://HOST:PORT。",
  "[{0}] needs a socket: add socket=unix:///path/to/socket or socket=tcp://HOST:PORT.":
    "[{0}] 需要套接字：请添加 socket=unix:///path/to/socket 或 socket=tcp://HOST:PORT。",
  "There is no [program:{0}] for this group.": "没有供该组使用的 [program:{0}]。",
  "{0} is both a program and a FastCGI program: rename one of them.":
    "{0} 既是普通程序又是 FastCGI 程序：请重命名其中一个。",
  "[{0}] needs {1}: add {2}.": "[{0}] 需要 {1}：请添加 {2}。",
  "{0} has no effect without {1}: give both or neither.":
    "没有 {1} 时 {0} 不起作用：请同时设置两者，或都不设置。",
  "[include] needs files: add files=conf.d/*.conf, with spaces between patterns.":
    "[include] 需要 files：请添加 files=conf.d/*.conf，多个模式以空格分隔。",
  "No file matches {0}.": "没有文件匹配 {0}。",
  "{0} cannot be read ({1}) and is passed over.": "无法读取 {0}（{1}），已跳过。",
  "buffer_size must be 1 or more.": "buffer_size 必须不小于 1。",
  "[{0}] needs events: add events=PROCESS_STATE, or the events it listens to.":
    "[{0}] 需要 events：请添加 events=PROCESS_STATE，或它所监听的事件。",
  "An event is missing beside this comma.": "此逗号旁缺少事件名。",
  "There is no event {0}.": "没有事件 {0}。",
  "An event listener speaks over its standard output, so redirect_stderr must be false.":
    "事件监听器通过标准输出通信，因此 redirect_stderr 必须为 false。",
  "[{0}] needs {1} = supervisor.rpcinterface:make_main_rpcinterface.":
    "[{0}] 需要 {1} = supervisor.rpcinterface:make_main_rpcinterface。",
  "{0} names no plugin: write MODULE:ATTRIBUTE.": "{0} 不是插件：应写成 MODULE:ATTRIBUTE。",
  "The Python plugin {0} has no effect here: only Supervisor's own plugins are built in.":
    "Python 插件 {0} 在此不起作用：只内置了 Supervisor 自带的插件。",
  "[{0}] needs a command: add command=PROGRAM ARGUMENTS.":
    "[{0}] 需要命令：请添加 command=PROGRAM ARGUMENTS。",
  "{0}_logfile=syslog is deprecated: use {1}_syslog=true.":
    "{0}_logfile=syslog 已弃用：请改用 {1}_syslog=true。",
  "{0} goes to an automatic log that is never rotated: set {1}_logfile_maxbytes above 0.":
    "{0} 写入一个从不轮转的自动日志：请将 {1}_logfile_maxbytes 设为大于 0。",
  "stderr_logfile has no effect: redirect_stderr=true sends the error output to stdout_logfile.":
    "stderr_logfile 不起作用：redirect_stderr=true 会将错误输出写入 stdout_logfile。",
  "Rename to {0}": "重命名为 {0}",
  "With numprocs above 1, process_name must contain %(process_num)d so that each process has its own name.":
    "numprocs 大于 1 时，process_name 必须包含 %(process_num)d，这样每个进程才有自己的名称。",
  "numprocs may be {0} at most.": "numprocs 最大为 {0}。",
  "stopasgroup=true needs killasgroup=true: remove killasgroup, it follows stopasgroup by itself.":
    "stopasgroup=true 要求 killasgroup=true：请删除 killasgroup，它会自动与 stopasgroup 一致。",
  "Set process_name={0}": "设置 process_name={0}",
  "Remove {0}": "删除 {0}",
  "Supervisor does not know [{0}] and ignores it.": "Supervisor 不认识 [{0}]，会将其忽略。",
  "Did you mean [{0}]?": "是否指 [{0}]？",
  "Change to [{0}]": "改为 [{0}]",
  "{0} has no effect in [{1}]: it belongs in {2}.": "{0} 在 [{1}] 中不起作用：它属于 {2}。",
  "[{0}] has no option {1}, so Supervisor ignores it.": "[{0}] 没有选项 {1}，Supervisor 会将其忽略。",
  "Move to [{0}]": "移至 [{0}]",
  "[{0}]": "[{0}]",
  "[{0}] or [{1}]": "[{0}] 或 [{1}]",
  "[{0}], [{1}] or [{2}]": "[{0}]、[{1}] 或 [{2}]",

  // Files
  "There is no file {0}.": "文件 {0} 不存在。",
  "{0} is a directory, not a configuration file.": "{0} 是目录，不是配置文件。",
  "{0} may not be read by this user.": "当前用户无权读取 {0}。",
  "{0} cannot be read: {1}.": "无法读取 {0}：{1}。",
  "There is no [supervisord] section: Supervisor takes the file only as part of another.":
    "没有 [supervisord] 节：Supervisor 只能将此文件作为其他文件的一部分读取。",
  "Line {0} is not UTF-8 text: save the file as UTF-8.": "第 {0} 行不是 UTF-8 文本：请将文件保存为 UTF-8。",
  "A byte order mark (BOM) stands before the first line, and Supervisor does not skip it: save the file as UTF-8 without BOM.":
    "第一行之前有字节顺序标记（BOM），Supervisor 不会跳过它：请将文件保存为不带 BOM 的 UTF-8。",
  "Remove the byte order mark": "删除字节顺序标记",
  "This line stands before any [section] header.": "此行位于所有 [节] 标题之前。",
  "There is no option name before this = sign.": "这个 = 之前没有选项名。",
  "This line is neither a [section], an option=value nor a comment.":
    "此行既不是 [节]，也不是 选项=值 或注释。",
  "This file is longer than {0} MB, so it is not checked.": "此文件超过 {0} MB，因此不做检查。",
  "The files of an include are separated by spaces: a comma is a part of the name.":
    "include 的文件以空格分隔：逗号会成为文件名的一部分。",
  "Separate by spaces": "改用空格分隔",
  "This file is included itself, and Supervisor does not follow an include in it.":
    "此文件本身就是被包含的，Supervisor 不会处理其中的 include。",

  "This file includes itself: its sections are merged with themselves.":
    "此文件包含了自己：各节会与自身合并。",
  "{0} is included twice.": "{0} 被包含了两次。",

  // Commands
  "This command cannot be split into words: a quote is not closed. The program would not start.":
    "无法将该命令拆分成单词：引号没有闭合。程序将无法启动。",
  "This command cannot be split into words: it ends with a backslash. The program would not start.":
    "无法将该命令拆分成单词：它以反斜杠结尾。程序将无法启动。",
  "No shell reads a command, so {0} is taken for the program: put it into environment.":
    "命令不经过 shell，因此 {0} 会被当作要运行的程序：请将它移到 environment。",
  "Move to environment": "移到 environment",
  "No shell reads a command: {0} reaches the program as an argument.":
    "命令不经过 shell：{0} 会作为参数传给程序。",
  "No shell reads a command, and there is no program {0}.": "命令不经过 shell，而且没有名为 {0} 的程序。",
  "{0} is taken for the program: a comment needs a space before ;.":
    "{0} 会被当作要运行的程序：注释符号 ; 之前需要空格。",
  "Run it in a shell": "通过 shell 运行",
  "Change cd to directory=": "将 cd 改为 directory=",
  "Write %(ENV_{0})s": "改为 %(ENV_{0})s",
  "No shell reads a command, so {0} stays as it is: write %(ENV_{1})s.":
    "命令不经过 shell，{0} 不会被替换：请写成 %(ENV_{1})s。",
  "Write %(ENV_HOME)s": "改为 %(ENV_HOME)s",
  "~ is not a home directory in a command: write %(ENV_HOME)s.":
    "命令中的 ~ 不代表主目录：请写成 %(ENV_HOME)s。",
  "Write {0}/{1}": "改为 {0}/{1}",
  "{0} is looked for in supervisord's own directory, not in {1}: write an absolute path.":
    "{0} 会在 supervisord 自己的目录中查找，而不是在 {1} 中：请写绝对路径。",
  "Append {0}": "追加 {0}",
  "A backslash does not join lines: indented lines are one value already.":
    "反斜杠不会连接各行：缩进的行本来就属于同一个值。",
  "Remove the backslash": "删除反斜杠",
  "Backslashes vanish from a command: write the path with forward slashes.":
    "命令中的反斜杠会消失：路径请使用正斜杠。",
  "Use forward slashes": "改用正斜杠",
  "{0} leaves the foreground, unless its own configuration keeps it there: Supervisor would take that for an exit.":
    "{0} 会转入后台，除非它自己的配置使其留在前台：Supervisor 会认为它已退出。",
  "{0} starts a service and ends: Supervisor would take that for an exit.":
    "{0} 启动服务后就结束：Supervisor 会认为程序已退出。",
  "{0} goes to the background with {1}: Supervisor would take that for an exit.":
    "{0} 带 {1} 会转入后台：Supervisor 会认为它已退出。",
  "{0} may not be allowed to open {1}: let the program write to its standard output instead.":
    "{0} 可能无权打开 {1}：请让程序直接写标准输出。",

  // What this machine has
  "There is no program {0} on this machine's PATH, so it could not start here.":
    "本机的 PATH 中没有程序 {0}，在此将无法启动。",
  "There is no program {0} in the PATH of this program's environment: add %(ENV_PATH)s to it.":
    "该程序 environment 的 PATH 中没有程序 {0}：请在其中加入 %(ENV_PATH)s。",
  "Add %(ENV_PATH)s to PATH": "在 PATH 中加入 %(ENV_PATH)s",
  "There is no file {0} on this machine, so the program could not start here.":
    "本机上不存在文件 {0}，程序在此将无法启动。",
  "{0} is not an executable file, so the program could not start.": "{0} 不是可执行文件，程序将无法启动。",
  "There is no script {0} on this machine, so the program would end at once.":
    "本机上不存在脚本 {0}，程序会立即结束。",
  "This password is under version control: take it from the environment with %(ENV_NAME)s.":
    "该密码处于版本控制之下：请用 %(ENV_NAME)s 从环境变量取得。",

  // Addresses
  "Everybody on the network can start commands through port {0}: listen on 127.0.0.1, or set username and password.":
    "网络上的任何人都能通过端口 {0} 启动命令：请监听 127.0.0.1，或设置 username 和 password。",
  "Every user of this machine can start commands through this socket: use {0}, with chown for a group that may.":
    "本机的任何用户都能通过此套接字启动命令：请使用 {0}，需要时用 chown 指定允许的用户组。",
  "Keep other users out": "不让其他用户访问",
  "Listen on 127.0.0.1 only": "只监听 127.0.0.1",
  "Port {0} is taken by [{1}]: only one of the two could listen on it.":
    "端口 {0} 已被 [{1}] 占用：两者只有一个能够监听。",
  "The socket {0} is taken by [{1}]: only one of the two could listen on it.":
    "套接字 {0} 已被 [{1}] 占用：两者只有一个能够监听。",
  "The address of [{0}]": "[{0}] 的地址",
  "All {0} processes would listen on port {1}: only one of them could.":
    "全部 {0} 个进程都会监听端口 {1}：只有一个能够成功。",

  // Comments
  'Everything from " {0}" is a comment, inside quotes too: {1} ends before it.':
    "从“ {0}”开始都是注释，在引号内也是如此：{1} 的值到此之前结束。",
  'Everything from " {0}" is a comment: {1} ends before it.': "从“ {0}”开始都是注释：{1} 的值到此之前结束。",
  "All that is left of {0}": "{0} 只剩下这一部分",
  "Remove the space before it, or move the command to a script.": "请删除它前面的空格，或将命令移到脚本中。",
  "Move the command to a script.": "请将命令移到脚本中。",
  "Take the value from an environment variable with %(ENV_NAME)s.": "请用 %(ENV_NAME)s 从环境变量取得该值。",
  "Quote {0}": "给 {0} 加引号",
  "Write the digest of {0}": "改写为 {0} 的摘要",
  "Remove the space before ;": "删除 ; 之前的空格",

  // Environment
  "Remove export": "删除 export",
  "environment takes KEY=value without export.": "environment 只接受 KEY=value，不要写 export。",
  '{0} needs a value: write {1}="".': '{0} 需要一个值：请写成 {1}=""。',
  "{0} would be cut to {1}: quote a value that has more than letters, digits and _/.+-():.":
    "{0} 会被截断为 {1}：值中若有字母、数字和 _/.+-(): 以外的字符，请加引号。",
  "No shell reads this value, so {0} stays as it is: write %(ENV_{1})s.":
    "该值不经过 shell，{0} 不会被替换：请写成 %(ENV_{1})s。",
  "Insert a comma": "插入逗号",
  "A comma is missing after {0}.": "{0} 之后缺少逗号。",
  "Variables are separated by a comma, not by {0}.": "变量之间以逗号分隔，而不是 {0}。",
  "Remove the first {0}": "删除第一个 {0}",
  "{0} is set again later in this environment, so this value has no effect.":
    "{0} 在此 environment 的后面又被设置，因此这个值不起作用。",
  "The value that counts": "实际生效的值",
  "A quote is opened here and not closed.": "此处的引号没有闭合。",

  // Life of a program
  "supervisord runs as {0}, so it cannot run a program as {1}: the program would not start.":
    "supervisord 以 {0} 身份运行，无法以 {1} 身份运行程序：程序将无法启动。",
  "Remove user": "删除 user",
  "HOME and USER stay those of supervisord, not of {0}: set them in environment where the program needs them.":
    "HOME 和 USER 仍是 supervisord 的值，而不是 {0} 的：程序需要时请在 environment 中设置。",
  "Add HOME and USER": "添加 HOME 和 USER",
  "Add stopasgroup=true": "添加 stopasgroup=true",
  "{0} starts other processes, which Supervisor leaves running when it stops the program: set stopasgroup=true.":
    "{0} 会启动其他进程，Supervisor 停止该程序后它们仍会继续运行：请设置 stopasgroup=true。",
  "Add stopwaitsecs=60": "添加 stopwaitsecs=60",
  "A worker that is busy for more than 10 seconds is killed when it is stopped: raise stopwaitsecs.":
    "停止时若工作进程忙碌超过 10 秒，会被强制杀死：请增大 stopwaitsecs。",
  "With startsecs=0 a program that fails at once counts as started, so it is restarted forever.":
    "startsecs=0 时，立即失败的程序也算启动成功，因此会被无限重启。",
  "Set startsecs=1": "设置 startsecs=1",
  "A job that ends within a second is taken for a failed start and tried again: set startsecs=0.":
    "一秒内结束的任务会被视为启动失败而重试：请设置 startsecs=0。",
  "Add startsecs=0": "添加 startsecs=0",
  "Only exit code 0 is expected (before Supervisor 4.0 it was 0 and 2): name others in exitcodes.":
    "只有退出码 0 属于预期（Supervisor 4.0 之前为 0 和 2）：其他退出码请写入 exitcodes。",
  "Add exitcodes=0,2": "添加 exitcodes=0,2",

  // Paths and logs
  "The quotes become part of the path: write {0}={1}.": "引号会成为路径的一部分：请写成 {0}={1}。",
  "Remove the quotes": "删除引号",
  "A comment needs a space before {0}: here it is a part of the path.":
    "注释符号 {0} 之前需要空格：这里它成了路径的一部分。",
  '{0} cannot be rotated: every line would fail with "Illegal seek". Set {1}_logfile_maxbytes=0.':
    "{0} 无法轮转：每一行都会以“Illegal seek”失败。请设置 {1}_logfile_maxbytes=0。",
  "Set {0}_logfile_maxbytes=0": "设置 {0}_logfile_maxbytes=0",
  "{0} is a directory, so the program could not start: name a file in it.":
    "{0} 是目录，程序将无法启动：请指定其中的一个文件。",
  "~ is not a home directory here: write %(ENV_HOME)s.": "此处的 ~ 不代表主目录：请写成 %(ENV_HOME)s。",
  "There is no directory {0} on this machine, so the program could not start here.":
    "本机上不存在目录 {0}，程序在此将无法启动。",
  "[{0}] writes {1} too: each rotates the file away from the other.":
    "[{0}] 也写入 {1}：两者会互相把对方的文件轮转掉。",
  "The log of [{0}]": "[{0}] 的日志",
  "All {0} processes write this one file: add %(process_num)02d to its name.":
    "全部 {0} 个进程都写入这一个文件：请在文件名中加入 %(process_num)02d。",

  // Groups and merging
  "{0} is in group {1} too, so it runs twice: keep it in one of them.":
    "{0} 也在组 {1} 中，因此会运行两份：请只保留在一个组中。",
  "{0} in group {1}": "组 {1} 中的 {0}",
  "Remove {0} from {1}": "从 {1} 中删除 {0}",
  "The programs of a group are separated by commas, not by spaces.": "组中的程序以逗号分隔，而不是空格。",
  "Separate by commas": "改用逗号分隔",
  "In this group the program is called {0}:{1}; {2} alone is no longer a name.":
    "在该组中，程序名为 {0}:{1}；单独的 {2} 不再是有效名称。",
  "line {0}": "第 {0} 行",
  "line {0} of {1}": " {1} 的第 {0} 行",
  "[{0}] stands on {1} already: the two become one, and the later values win.":
    "[{0}] 在{1}已经出现：两者会合并，后面的值优先。",
  "The other [{0}]": "另一个 [{0}]",
  "Rename to [{0}]": "重命名为 [{0}]",
  "{0} is given again on line {1}, so this value has no effect.":
    "{0} 在第 {1} 行又被设置，因此这个值不起作用。",
  "Remove this {0}": "删除这个 {0}",
  "This line is indented, so it is a part of {0}, not a section of its own.":
    "此行有缩进，因此是 {0} 的一部分，而不是单独的节。",
  "This line is indented, so it is a part of {0}, not an option of its own.":
    "此行有缩进，因此是 {0} 的一部分，而不是单独的选项。",
  "The option that it continues": "它所续写的选项",
  Outdent: "取消缩进",

  // Servers
  "Without [rpcinterface:supervisor] the server answers no command: supervisorctl gets UNKNOWN_METHOD.":
    "没有 [rpcinterface:supervisor]，服务器不会响应任何命令：supervisorctl 会得到 UNKNOWN_METHOD。",
  "Add [rpcinterface:supervisor]": "添加 [rpcinterface:supervisor]",
  "The path of a unix socket may have {0} bytes; this one has {1}.":
    "Unix 套接字的路径最多 {0} 字节，而这里有 {1} 字节。",
  "There is no directory {0} for the socket, so supervisord could not start.":
    "套接字所在的目录 {0} 不存在，supervisord 将无法启动。",
  "supervisorctl would look for {0}, but this configuration's server is at {1}.":
    "supervisorctl 会连接 {0}，但此配置的服务器在 {1}。",

  // Comments that turn problems off
  "This comment turns nothing off: name the codes of the problems, such as command.shell.":
    "此注释没有关闭任何问题：请写出问题代码，例如 command.shell。",
  "No problem has the code {0}.": "没有代码为 {0} 的问题。",

  // Progress
  "Reading configurations": "正在读取配置",
  // Files of variables
  "paths of files, separated by spaces": "以空格分隔的文件路径",
  ".env, which may be missing": ".env，可以不存在",
  "Do without it while it is missing": "文件不存在时忽略它",
  "The program could not start: in line {0} of {1} {2}.": "程序将无法启动：{1} 的第 {0} 行{2}。",
  "there is no =": "没有 =",
  "{0} is no name of a variable": "中 {0} 不是变量名",
  "a quote is not closed": "的引号没有闭合",
  "something follows the closing quote": "的闭合引号之后还有内容",
};

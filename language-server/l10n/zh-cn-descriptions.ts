import type { Descriptions } from "../../daemon/config/descriptions.ts";

const ACCOUNT = {
  username:
    "客户端必须给出的用户名。不设置时，任何能连上服务器的人都可以启动、停止和替换程序。只有与 `password` 一起设置才起作用。",
  password:
    "与 `username` 对应的密码，可以是明文，也可以是 `{SHA}` 加上密码 SHA-1 摘要的十六进制形式。密码会在空格加 `#` 或 `;` 处被截断，普通百分号要写两个。",
};

const READONLY = {
  readonly: "此服务器是否只提供状态和日志。任何启动、停止或更改的请求都会被拒绝，即使密码正确。",
};

const OUTPUT = (channel: "stdout" | "stderr"): Readonly<Record<string, string>> => ({
  [`${channel}_logfile`]: `程序的 ${channel} 保存在哪里：填路径；\`AUTO\` 表示 \`childlogdir\` 中的文件，supervisord 启动时会被删除；\`NONE\` 表示不保存。引号会成为路径的一部分，所在目录必须存在。\`/dev/stdout\` 之类的设备无法轮转，需要 \`${channel}_logfile_maxbytes=0\`。`,
  [`${channel}_logfile_maxbytes`]: `${channel} 日志达到多大时轮转，以字节计，也可带后缀 \`KB\`、\`MB\` 或 \`GB\`（以 1024 为倍数）。\`0\` 表示从不轮转。`,
  [`${channel}_logfile_backups`]: `保留多少个轮转后的 ${channel} 日志，文件名以 \`.1\`、\`.2\` 等结尾。\`0\` 表示不保留：日志写满后重新开始。`,
  [`${channel}_capture_maxbytes`]: `程序通过 ${channel} 在一个 \`PROCESS_COMMUNICATION\` 事件中最多可发送多少内容，以字节计，也可带 \`KB\`、\`MB\`、\`GB\`。\`0\` 表示关闭捕获。`,
  [`${channel}_events_enabled`]: `程序每次写入 ${channel} 的内容是否也以 \`PROCESS_LOG_${channel.toUpperCase()}\` 事件告知事件监听器。`,
  [`${channel}_syslog`]: `${channel} 的每一行是否也写入 syslog，并标上进程名。`,
});

const PROGRAM: Readonly<Record<string, string>> = {
  command:
    "可执行文件及其参数。命令不经过 shell：管道、`&&`、`*`、`$HOME` 和 `~` 都没有特殊含义；空格加 `;` 或 `#` 会开始注释，即使在引号内。命令必须保持在前台运行，普通百分号要写两个。",
  process_name: "每个进程在组内的名称。`numprocs` 大于 1 时必须包含 `%(process_num)d`，使名称各不相同。",
  numprocs: "该命令运行多少个进程，每个进程都有自己的编号 `%(process_num)d`。",
  numprocs_start: "第一个进程的编号；`%(process_num)d` 由此递增。",
  priority: "启动顺序：数字小的程序先启动、后停止。它只决定顺序，不会等待前面的程序就绪。",
  autostart: "程序是否随 supervisord 一起启动。否则要等待启动命令。",
  startsecs: "程序要持续运行多少秒才算启动成功。`0` 表示每次启动都算成功，因此总是失败的程序会被无限重启。",
  startretries:
    "程序未满 `startsecs` 秒就结束时再尝试多少次，每次比前一次多等一秒。全部失败后状态变为 FATAL，直到有人手动启动。",
  autorestart:
    "已启动的程序结束后怎么办：`true` 总是重启，`false` 从不重启，`unexpected` 仅在退出码不属于 `exitcodes` 时重启。未满 `startsecs` 的失败始终由 `startretries` 处理，与此选项无关。",
  exitcodes:
    "视为正常结束的退出码，以逗号分隔。`autorestart=unexpected` 时，其他退出码会引起重启；被信号杀死总是属于意外。",
  stopsignal:
    "要求程序停止的信号：信号名（可带 `SIG`）或编号。许多服务器在收到 `QUIT` 或 `INT` 后会先处理完请求。",
  stopwaitsecs:
    "发出 `stopsignal` 后等待程序结束多少秒，超时则用 SIGKILL 杀死。需要更长时间收尾的任务应设大一些。",
  stopasgroup:
    "`stopsignal` 是否发给程序的整个 Unix 进程组，而不只是它的第一个进程。会启动其他进程的命令（如 `npm run` 或 `bash -c`）通常需要它，它也会同时启用 `killasgroup`。",
  killasgroup:
    "最后的 SIGKILL 是否发给程序的整个 Unix 进程组，以免子进程残留。`stopasgroup` 为 true 时它不能为 false。",
  stop_tree:
    "程序结束时，是否连同它启动的所有进程一起停止，包括已离开其会话的进程：先发送 `stopsignal`，超过 `stopwaitsecs` 后杀死。全部结束之后，程序才算停止，也才会再次启动。`false` 则像 Supervisor 一样任其继续运行；未设置时以 `[supervisord]` 中的值为准。",
  user: "运行程序的账户，可用名称或编号。只有以 root 运行的 supervisord 才能切换用户。`HOME` 和 `USER` 保持原值：需要时请在 `environment` 中设置。",
  redirect_stderr:
    "是否将程序的 stderr 并入 stdout，相当于 shell 中的 `2>&1`。此时 `stderr_` 开头的选项都不起作用。",
  ...OUTPUT("stdout"),
  ...OUTPUT("stderr"),
  environment:
    '传给程序的变量，写成 `NAME="value",OTHER="value"`，会加到 supervisord 自己的环境变量上。值中若有字母、数字和少数符号以外的字符都要加引号，变量之间用逗号分隔。注意 `$NAME` 不会被替换，要用 `%(ENV_NAME)s`。查找 `command` 的可执行文件时也使用这里设置的 `PATH`。',
  env_files:
    "为程序提供更多变量的文件，每行一个 `NAME=value`，与 Docker 和 Node 的读法相同。每次启动时都会重新读取；`environment` 的设置优先，后面的文件优先于前面的。相对路径以本文件所在目录为准；`-.env` 可以不存在，其他文件必须存在。`%(ENV_NAME)s` 等展开看不到这些变量。",
  directory: "程序的启动目录。它不影响到哪里查找可执行文件；`%(here)s` 表示本文件所在的目录。",
  umask: "程序的文件权限掩码，八进制数。",
  serverurl:
    "程序从 `SUPERVISOR_SERVER_URL` 得到的地址。`AUTO` 取本文件定义的服务器，Unix 套接字优先于 TCP 端口。",
};

const { redirect_stderr: _, ...LISTENER } = PROGRAM;

/** What sections and options are for, in Simplified Chinese. */
export const CHINESE_DESCRIPTIONS: Descriptions = {
  unix_http_server: {
    about:
      "supervisord 接收 `supervisorctl` 和本机其他客户端命令的 Unix 套接字。谁可以使用由该文件的权限决定。",
    options: {
      file: "套接字的路径。系统最多允许 107 字节，所在目录必须存在，`[supervisorctl]` 中的 `serverurl` 必须在 `unix://` 之后写上同一路径。",
      chmod: "套接字文件的权限，八进制数。能写入它的人就能控制所有程序。",
      chown:
        "套接字文件的所有者，写成 `user` 或 `user:group`。需要 supervisord 以 root 运行，或该用户组是它所属的组。",
      ...ACCOUNT,
      ...READONLY,
    },
  },
  inet_http_server: {
    about:
      "supervisord 接收命令并提供网页的 TCP 端口。能连上它的人就能控制所有程序，因此请监听 127.0.0.1，或设置 `username` 和 `password`。",
    options: {
      port: "监听的位置，写成 `host:port`。单独的端口、`:port` 和 `*:port` 会监听本机的所有网络接口；`127.0.0.1:port` 仅限本机。",
      ...ACCOUNT,
      ...READONLY,
      allowed_hosts:
        "浏览器可以用来访问此服务器的名称，以空格分隔，例如 `devbox.example`。IP 地址、`localhost`、`port` 中的主机和本机名始终可用；其他名称会被拒绝，因为它们可能是网页伪造的。",
    },
  },
  supervisord: {
    about: "supervisord 自身的设置。完整的配置必须有这一节，可以为空；被包含的文件则不需要。",
    options: {
      logfile: "supervisord 自己的活动日志：填路径或 `syslog`。所在目录必须存在。",
      logfile_maxbytes:
        "活动日志达到多大时轮转，以字节计，也可带后缀 `KB`、`MB` 或 `GB`（以 1024 为倍数）。`0` 表示从不轮转。",
      logfile_backups: "保留多少个轮转后的活动日志。`0` 表示不保留。",
      loglevel:
        "活动日志的详细程度，从 `critical` 到 `blather`。`debug` 会记录程序的输出，`trace` 还会记录与客户端的每次交互。",
      pidfile: "supervisord 运行期间保存其进程号的文件。",
      umask: "supervisord 以及未自行设置的程序的文件权限掩码，八进制数。",
      nodaemon:
        "supervisord 是否保持在前台运行。容器和其他进程管理器需要 `true`：它们会把转入后台的父进程当作崩溃。",
      silent: "supervisord 在前台运行时，是否不向终端输出活动日志。",
      minfds:
        "supervisord 至少要能打开多少个文件；启动时会提高自己的上限，做不到则拒绝运行。每个程序会占用若干个。",
      minprocs: "supervisord 的用户至少要能拥有多少个进程；启动时会提高自己的上限，做不到则拒绝运行。",
      nocleanup: "启动时是否保留以前运行留下的 `AUTO` 日志，而不是删除。",
      childlogdir: "使用 `AUTO` 日志的程序把日志放在哪里，必须是已存在的目录。",
      user: "supervisord 以 root 启动后切换到的账户，可用名称或编号。切换之后，程序就不能再切换到其他用户。",
      directory: "supervisord 转入后台时切换到的目录。",
      strip_ansi: "是否从程序日志中去掉颜色和光标控制序列。不要与事件监听器一起使用，否则可能破坏其协议。",
      environment:
        '传给所有程序的变量，写成 `NAME="value",OTHER="value"`；程序自己的 `environment` 优先。它们在各程序的节中也可用作 `%(ENV_NAME)s`。',
      identifier: "supervisord 向客户端和在事件中表明自己身份的名称。",
      stop_tree:
        "对未自行设置的程序：程序结束时，是否连同它启动的所有进程一起停止。`false` 则像 Supervisor 一样任其继续运行。",
    },
  },
  supervisorctl: {
    about: "`supervisorctl` 读取同一个文件时如何连接 supervisord。",
    options: {
      serverurl:
        "supervisord 的地址：`unix://` 加套接字路径，或 `http://host:port`。必须与 `[unix_http_server]` 或 `[inet_http_server]` 一致。",
      username: "服务器要求时给出的用户名，与服务器所在节中的相同。",
      password: "给出的密码，必须是明文：摘要形式不被接受。",
      prompt: "交互提示符 `>` 前面的文字。",
      history_file: "保存交互输入历史的文件，下次使用时仍可取用。",
    },
  },
  include: {
    about:
      "要一并读取的其他文件，如同写在这里一样。被包含文件中的 include 会被忽略，每个配置只能有一个这样的节。",
    options: {
      files:
        "要读取的文件模式，以空格分隔；逗号会成为文件名的一部分。相对路径从本文件所在目录算起，匹配到的文件按字母顺序读取。",
    },
  },
  program: {
    about: "由 supervisord 启动、监视和重启的命令。启动和停止时使用冒号后面的名称，其中不能有冒号和空格。",
    options: PROGRAM,
  },
  group: {
    about:
      "归在一个名称下、可一起启动和停止的程序。组内成员要写成 `group:program`，不能再单独使用自己的名称。",
    options: {
      programs: "组内程序的名称，以逗号分隔。每个程序都必须有定义；属于两个组的程序会运行两份。",
      priority: "该组在所有程序和组中的顺序：数字小的先启动、后停止。",
    },
  },
  "fcgi-program": {
    about:
      "共用一个套接字的 FastCGI 进程。supervisord 打开套接字，作为文件描述符 0 传给进程，并在进程更替期间保持打开。`[program:x]` 的所有选项都适用。",
    options: {
      ...PROGRAM,
      socket:
        "共用的套接字：`unix://` 加绝对路径，或 `tcp://host:port`。其中可使用 `%(program_name)s` 和 `%(here)s`。",
      socket_backlog: "在有进程接手之前，最多可有多少个连接排队等待。",
      socket_owner: "Unix 套接字的所有者，写成 `user` 或 `user:group`。不设置时归程序的 `user` 所有。",
      socket_mode: "Unix 套接字的权限，八进制数。",
    },
  },
  eventlistener: {
    about:
      "supervisord 通过 stdin 和 stdout 向其通知事件的程序。stdout 用于协议，因此要打印的信息应写到 stderr。除 `redirect_stderr` 外，`[program:x]` 的选项都适用。",
    options: {
      ...LISTENER,
      priority: "启动顺序，数字小的在前。除非另行设置，其值为 -1，因此监听器先于程序启动。",
      buffer_size: "监听器忙碌时最多有多少个事件排队等待。超出时丢弃最旧的一个，并记入日志。",
      events:
        "要接收的事件，以逗号分隔。上级名称包含其下所有事件：`PROCESS_STATE` 代表所有 `PROCESS_STATE_...`。",
      result_handler: "判断监听器应答的 Python 函数，写成 `module:function`。",
    },
  },
  rpcinterface: {
    about:
      "supervisord 提供给客户端的一组命令。`supervisorctl` 需要 `[rpcinterface:supervisor]`；其他名称的节用于添加插件，插件自己的选项写在 factory 旁边。",
    options: {
      "supervisor.rpcinterface_factory":
        "创建接口的 Python 函数，写成 `module:function`；标准接口为 `supervisor.rpcinterface:make_main_rpcinterface`。",
    },
  },
  ctlplugin: {
    about: "插件为 `supervisorctl` 添加的命令。插件自己的选项写在 factory 旁边。",
    options: {
      "supervisor.ctl_factory": "创建插件的 Python 函数，写成 `module:function`。",
    },
  },
};

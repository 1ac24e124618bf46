/** What renaming, rewriting and hints say in Simplified Chinese, by the English text. */
export const CHINESE_EDITING_TEXTS: Readonly<Record<string, string>> = {
  // Renaming
  "{0} is not set in this configuration: it comes from the environment of supervisord.":
    "{0} 不是在此配置中设置的：它来自 supervisord 的环境。",
  "A name needs at least one character.": "名称至少要有一个字符。",
  "Supervisor refuses the name {0}: it may hold no space, colon or slash.":
    "Supervisor 不接受名称 {0}：其中不能有空格、冒号或斜杠。",
  "Lists of programs would be split at the comma in {0}.": "程序列表会在 {0} 的逗号处被拆开。",
  "Supervisor would expand the percent sign in {0}.": "Supervisor 会展开 {0} 中的百分号。",
  "The brackets in {0} would end its header.": "{0} 中的方括号会使节标题提前结束。",
  "{0} would start a comment in a list of programs.": "{0} 在程序列表中会成为注释的开头。",
  "supervisorctl takes {0} for all programs.": "supervisorctl 会将 {0} 理解为所有程序。",
  "{0} is no name of an environment variable: it may hold letters, digits and _ and may not begin with a digit.":
    "{0} 不是有效的环境变量名：只能包含字母、数字和 _，且不能以数字开头。",
  "{0} runs under the supervisor of {1}, which reads this file too: stop it there first, or it goes on under its old name.":
    "{0} 正在 {1} 的 supervisor 下运行，而该 supervisor 也会读取此文件：请先在那里停止它，否则它会以旧名称继续运行。",
  "There is a program {0} already.": "已经有名为 {0} 的程序。",
  "There is a group {0} already.": "已经有名为 {0} 的组。",
  "The program {0} is a group of its own already.": "程序 {0} 本身已经自成一组。",
  "[{0}] sets a variable {1} already.": "[{0}] 已经设置了变量 {1}。",
  "[{0}] uses another variable {1} already.": "[{0}] 已经使用了另一个变量 {1}。",

  // Over the programs
  Start: "启动",
  Stop: "停止",
  Restart: "重启",
  "Force Stop": "强制停止",
  Log: "日志",
  "{0} of {1} running": "{1} 个中有 {0} 个在运行",

  // Hints
  "⟨cut here⟩": "⟨在此截断⟩",
  "White space and {0} start a comment, inside quotes too: the rest of the line is not part of the value.":
    "空白加 {0} 会开始注释，引号内也一样：该行其余部分不属于该值。",
  "The folder of this file: {0}": "此文件所在的目录：{0}",
  "As a length of time": "换算成时长",
  "As a size": "换算成大小",
  "The default of {0}, which is not given": "{0} 未设置，这是其默认值",

  // Actions
  "Ignore {0} on this line": "在此行忽略 {0}",
  "Ignore {0} in this file": "在此文件中忽略 {0}",
  "Fix all that is sure": "修复所有可确定的问题",
  "Sort all options": "排序所有选项",
  "Sort the options of [{0}]": "排序 [{0}] 的选项",
  "Run it in bash": "在 bash 中运行",
  "Run two processes of it": "运行两个进程",
  "Run one process of it": "只运行一个进程",
  "Move environment to {0}.env, which env_files names for this daemon":
    "将 environment 移至 {0}.env，由本守护进程的 env_files 引用",
  "Move environment to {0}.env, which a shell reads": "将 environment 移到由 shell 读取的 {0}.env",
  "Move [{0}] to {1}": "将 [{0}] 移到 {1}",

  // Fixes that add what is missing
  "Add {0}={1}": "添加 {0}={1}",
  "Add [supervisord]": "添加 [supervisord]",
  "Use {0}_syslog=true": "改用 {0}_syslog=true",
};

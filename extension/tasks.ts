import * as vscode from "vscode";
import { errandOfTask, TASK_TYPE, tasksOf } from "./model/task.ts";
import type { ErrandParts } from "./servers/run-errand.ts";
import { TaskTerminal } from "./views/task-terminal.ts";

/** Offers tasks for each program of the window, and runs those that tasks.json holds. */
export function registerTasks(parts: ErrandParts): vscode.Disposable {
  const makeTask = (
    definition: vscode.TaskDefinition,
    scope: vscode.WorkspaceFolder | vscode.TaskScope,
    name: string,
  ) => {
    // What the task says now counts: variables in it are filled in only then.
    const execution = new vscode.CustomExecution(
      async (resolved) => new TaskTerminal(parts, errandOfTask({ ...resolved })),
    );
    const task = new vscode.Task(definition, scope, name, TASK_TYPE, execution, []);
    task.presentationOptions = { reveal: vscode.TaskRevealKind.Silent };
    return task;
  };
  return vscode.tasks.registerTaskProvider(TASK_TYPE, {
    provideTasks: () =>
      tasksOf(parts.servers.views).map(({ name, definition }) =>
        makeTask(definition, vscode.TaskScope.Workspace, name),
      ),
    resolveTask: ({ definition, scope, name }) =>
      makeTask(definition, scope ?? vscode.TaskScope.Workspace, name),
  });
}

/** Whether an error is the system's of that name: EMFILE, ESRCH ... */
export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

import { afterEach, expect, test } from "vitest";
import { chineseProblems } from "../../../extension/chinese-problems.ts";
import { problemWords, tellProblemsWith } from "../../../extension/model/problem-words.ts";

afterEach(() => tellProblemsWith({}));

const words = {
  template: "{0} {1}",
  args: [
    { template: "{0} is not a value for {1}: write {2}.", args: ["soon", "startsecs", "3"] },
    { template: "Did you mean {0}?", args: [5] },
  ],
};

test("what is wrong with a configuration is told in English, and in Chinese once its texts are there", () => {
  const problem = { message: "In English.", words };
  expect(problemWords(problem)).toBe("soon is not a value for startsecs: write 3. Did you mean 5?");
  tellProblemsWith(chineseProblems());
  expect(problemWords(problem)).toBe("soon 不是 startsecs 的有效值：应为3。是否指 5？");
});

test("a problem without its parts, and one that no text stands for, stays in English", () => {
  tellProblemsWith(chineseProblems());
  expect(problemWords({ message: "The password is ***.", words: null })).toBe("The password is ***.");
  const other = { template: "The moon is {0}.", args: ["full"] };
  expect(problemWords({ message: "", words: other })).toBe("The moon is full.");
});

import type { FileIR } from "../../../ir/nodes.ts";
import type { Project } from "../../../project/project.ts";
import type { Exposure } from "./exposure.ts";

/**
 * Rails applications that name no parameter to filter: Rails writes the parameters of each request.
 * https://guides.rubyonrails.org/configuring.html#config-filter-parameters
 */
export function unfilteredApplications(
  project: Project,
  files: readonly FileIR[],
): readonly { readonly file: FileIR; readonly exposure: Exposure }[] {
  return files.flatMap((file) => {
    const { path } = file;
    if (!/(?:^|\/)config\/application\.rb$/.test(path)) return [];
    const folder = path.slice(0, -"application.rb".length);
    const isFiltered = project.paths.some((one) => one.startsWith(folder) && project.texts.get(one)!.includes("filter_parameters"));
    const application = file.containers.find((one) => one.extends.some(({ name }) => /^Rails(?:\.|::)Application$/.test(name)));
    if (isFiltered || application === undefined) return [];
    const { start, end } = application;
    const exposure: Exposure = {
      start,
      end,
      fn: null,
      name: "Rails::Application",
      writes: "the parameters of every request, passwords included",
      because: "Rails writes all parameters, and nothing under config/ names one to filter.",
      instead: "config.filter_parameters += [:passw, :secret, :token, :_key, :crypt, :salt, :otp, :ssn]",
    };
    return [{ file, exposure }];
  });
}

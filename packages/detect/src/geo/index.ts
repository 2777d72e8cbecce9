export { openGeo } from "./geo.ts";
export type { Geo } from "./geo.ts";
export { geoPackages } from "./packages.ts";

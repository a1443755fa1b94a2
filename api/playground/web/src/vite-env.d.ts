declare module "cytoscape-fcose" {
  import type { Ext } from "cytoscape";
  const extension: Ext;
  export default extension;
}
declare module "*?worker" {
  const worker: new () => Worker;
  export default worker;
}

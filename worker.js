// A thread of a live run: the same program as the page, compiled once, started again in here.
self.onmessage = async ({ data: { glue, program, parts } }) => {
  self.onmessage = null;
  self.partsOfPage = parts;
  try {
    await (await import(glue)).default({ module_or_path: program });
  } catch (error) {
    self.postMessage(['failed', String(error)]);
  }
};

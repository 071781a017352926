/* Runs beside the page, where sound passes: hands on what the microphone brings, block by block. */
registerProcessor("tap", class extends AudioWorkletProcessor {
  process([[block]]) {
    if (block) this.port.postMessage(block.slice());
    return true;
  }
});

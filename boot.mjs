// Trunk calls these while it loads the wasm file: they move the bar and show what failed.
export default function boot() {
  const bar = document.querySelector("#boot progress");
  return {
    onStart: () => {},
    onProgress: ({ current, total }) => {
      if (bar && total) {
        bar.max = total;
        bar.value = current;
      }
    },
    onComplete: () => {},
    onSuccess: () => {},
    onFailure: (error) => window.showBootFailure(String(error)),
  };
}

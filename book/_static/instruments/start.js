// Fills the page's instruments when they come near the window. A classic script: modules do not load from a folder (file:), and say so in red.
(() => {
  const here = document.currentScript.src;

  function note(section, text) {
    const paragraph = document.createElement("p");
    paragraph.textContent = text;
    section.append(paragraph);
  }

  async function mount(section) {
    try {
      const module = await import(new URL(`./${section.dataset.instrument}.mjs`, here));
      await module.mount(section);
      section.dataset.ready = "yes";
    } catch (error) {
      note(section, `The instrument did not start: ${error.message}`);
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const sections = document.querySelectorAll("section[data-instrument]");
    if (location.protocol === "file:") {
      sections.forEach((section) => note(section, "The instrument plays where the book comes from a server: python -m http.server -d book/_build/html"));
      return;
    }
    const observer = new IntersectionObserver((entries) => {
      for (const entry of entries.filter((one) => one.isIntersecting)) {
        observer.unobserve(entry.target);
        mount(entry.target);
      }
    }, { rootMargin: "600px" });
    sections.forEach((section) => observer.observe(section));
  });
})();

// The slider over cut-offs: moves the list beside it, and asks for the page when it is let go.
const slider = document.getElementById("cutoffs"), list = document.getElementById("as_of");
if (slider) {
  const show = () => {
    list.selectedIndex = slider.max - slider.value;
    slider.setAttribute("aria-valuetext", list.options[list.selectedIndex].text);
  };
  slider.value = slider.max - list.selectedIndex;
  show();
  slider.hidden = false;
  slider.addEventListener("input", show);
  slider.addEventListener("change", () => slider.form.submit());
  list.addEventListener("change", () => { slider.value = slider.max - list.selectedIndex; });
}

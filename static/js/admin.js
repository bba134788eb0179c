// Django's search boxes (Select2) are drawn beside their select and do not take its name over for those who hear it.
"use strict";
{
    const nameSearchBoxes = () => {
        for (const select of document.querySelectorAll("select.admin-autocomplete")) {
            const label = select.labels.length ? select.labels[0].textContent.replace(":", "").trim() : "";
            const name = select.getAttribute("aria-label") || label;
            const box = select.parentElement.querySelector(".select2-selection");
            const search = box && box.querySelector(".select2-search__field"); // where several can be chosen
            if (name && search) {
                search.setAttribute("aria-label", name);
            }
            if (name && box) {
                const value = box.querySelector(".select2-selection__rendered");
                value.setAttribute("aria-label", name);
                box.removeAttribute("aria-labelledby");
                box.setAttribute("aria-label", `${name}: ${value.title || "nothing chosen"}`);
            }
        }
    };
    window.addEventListener("load", () => window.setTimeout(nameSearchBoxes, 50)); // after Select2 has drawn them
    document.addEventListener("formset:added", () => window.setTimeout(nameSearchBoxes));
    document.addEventListener("focusin", nameSearchBoxes);
}

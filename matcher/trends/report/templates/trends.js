"use strict";
(function () {
  var drawings = JSON.parse(document.getElementById("drawings").textContent);
  var config = {responsive: true, displaylogo: false, modeBarButtonsToRemove: ["select2d", "lasso2d"]};
  if (typeof Plotly === "undefined") { return; }
  document.documentElement.classList.add("live");
  Array.prototype.forEach.call(document.querySelectorAll(".plot"), function (place) {
    var drawing = drawings[place.dataset.figure];
    Plotly.newPlot(place, drawing.data, drawing.layout, config);
  });
}());

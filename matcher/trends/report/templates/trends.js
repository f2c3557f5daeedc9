"use strict";
(function () {
  var drawings = JSON.parse(document.getElementById("drawings").textContent);
  var config = {responsive: true, displayModeBar: false};
  if (typeof Plotly === "undefined") { return; }
  document.documentElement.classList.add("live");
  Array.prototype.forEach.call(document.querySelectorAll(".plot"), function (place) {
    var drawing = drawings[place.dataset.figure];
    Plotly.newPlot(place, drawing.data, drawing.layout, config);
  });
}());

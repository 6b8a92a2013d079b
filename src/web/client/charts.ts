import '../../reports/browser/draw-charts';

"""Statistical process control: XmR charts, run charts and days between events, of dated values.

The package computes and knows nothing of files, plans or pages. The reference for XmR charts is the R package
NHSRplotthedots 0.2.2, and for run charts qicharts2 0.8.1. NHS England's Excel tool differs from the former; a chart
follows one of them, see `ChartMethod`.
"""

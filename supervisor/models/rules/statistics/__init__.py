"""Statistics of the charts: intervals, control and funnel limits, case mix, curves of recovery.

Plain functions on counts, with numpy where there are many of them; no SQL, no words.
"""

"""Work done in other processes: spread over the cores, watched from outside, or asked of a process beside this one."""

xd_fuzz(NAME instance LINKS xd_io SOURCES fuzz/instance.c DICTIONARY fuzz/instance.dict)
xd_fuzz(NAME solution LINKS xd_io SOURCES fuzz/solution.c malformed/instance_cases.c DICTIONARY fuzz/instance.dict)

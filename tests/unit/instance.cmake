xd_test(NAME instance LINKS xd_io SOURCES
  malformed/instance_cases.c
  unit/instance_main.c
  unit/instance_fixture.c
  unit/instance_read.c
  unit/instance_solution.c
  unit/instance_shared.c
  unit/instance_malformed.c
  unit/instance_fault.c
)

xd_test(NAME model LINKS xd_solver_check SOURCES
  unit/model_main.c
  unit/model_problem.c
  unit/model_schedule.c
  unit/check_corruptions.c
  unit/check_bases.c
  oracle/brute_force.c
  oracle/random_problem.c
)

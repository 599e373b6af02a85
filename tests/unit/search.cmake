xd_test(NAME search LINKS xd_solver_search xd_solver_check SOURCES
  oracle/brute_force.c
  oracle/random_problem.c
  unit/search_main.c
  unit/search_random.c
  unit/search_segment.c
  unit/search_kernel.c
  unit/search_move.c
  unit/search_start.c
  unit/search_solve.c
  unit/search_oracle.c
)

xd_test(NAME search SOURCES unit/search_main.c unit/search_random.c unit/search_segment.c unit/search_move.c unit/search_solve.c
  LINKS xd_solver_search xd_solver_check)

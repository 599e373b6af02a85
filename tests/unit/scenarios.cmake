xd_test(NAME scenarios LINKS xd_io xd_solver_search SOURCES
  unit/scenarios_main.c
  unit/scenarios_fixture.c
  unit/scenarios_closures.c
  unit/scenarios_county.c
  unit/scenarios_reach.c
  unit/scenarios_review.c
  unit/scenarios_document.c
)

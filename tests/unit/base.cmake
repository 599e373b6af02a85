xd_test(NAME base LINKS xd_base SOURCES
  unit/base_main.c
  unit/base_error.c
  unit/base_alloc.c
  unit/base_number.c
  unit/base_text.c
  unit/base_rng.c
  unit/base_sort.c
  unit/base_geo.c
  unit/base_matrix.c
  unit/base_json_writer.c
  unit/base_parallel.c
  unit/base_output.c
  unit/base_fault.c
)

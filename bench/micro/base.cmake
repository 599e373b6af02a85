xd_bench(NAME base_number LINKS xd_base SOURCES micro/base_number.c)

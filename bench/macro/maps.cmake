xd_bench(NAME maps_table LINKS xd_io SOURCES macro/maps_table.c)

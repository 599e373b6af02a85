xd_bench(NAME roads LINKS xd_io SOURCES macro/roads.c)

xd_bench(NAME elevation_grades LINKS xd_io SOURCES quality/elevation_grades.c)

xd_fuzz(NAME elevation_zip LINKS xd_io SOURCES fuzz/elevation_zip.c)
xd_fuzz(NAME elevation_hgt LINKS xd_io SOURCES fuzz/elevation_hgt.c)

xd_test(NAME synth SOURCES unit/synth_county.c LINKS xd_maps)

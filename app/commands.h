/* The subcommands; app/main.c lists them. Each returns the exit code. */
#ifndef XD_APP_COMMANDS_H
#define XD_APP_COMMANDS_H

int xd_app_plan(int argc, char **argv);
int xd_app_check(int argc, char **argv);
int xd_app_init(int argc, char **argv);
int xd_app_network_check(int argc, char **argv);
int xd_app_network_route(int argc, char **argv);
int xd_app_network_matrix(int argc, char **argv);
int xd_app_solve(int argc, char **argv);
int xd_app_synth(int argc, char **argv);

#endif

#include "app/interrupt.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static volatile sig_atomic_t asked_n;

static void on_signal(int number)
{
    static const char text[] =
        "\nxiangdao: stopping; a search ends with its best so far; again to stop at once / 正在停止(搜索保留当前最好结果),再按一次立即退出\n";
    asked_n++;
    if (asked_n == 1) {
        const ssize_t written = write(STDERR_FILENO, text, sizeof text - 1);
        (void)written;
    } else {
        signal(number, SIG_DFL);
        raise(number);
    }
}

void xd_interrupt_install(void)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

bool xd_interrupt_asked(void)
{
    return asked_n > 0;
}

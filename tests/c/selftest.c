/* The self-test of a network that was exported as net. */
#include "net.h"
#include <stdio.h>

static net_selftest_memory memory;

int main(void)
{
    net_selftest_result result;
#if defined(FROZEN)
    const net_status status = net_selftest(&net_frozen_weights, &memory, &result);
#else
    const net_status status = net_selftest(&memory, &result);
#endif
    printf("%d: arithmetic %u, scores %08x, training %08x\n", (int)status, (unsigned)result.arithmetic, (unsigned)result.scores, (unsigned)result.training);
    return (int)status;
}

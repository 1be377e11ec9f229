/* The weights of a network that was exported as net are those that the header tells the hash of. */
#include "net.h"
#include <stdio.h>

int main(void)
{
    const uint32_t hash = net_hash(&net_weights);
    printf("%08x, expected %08x\n", (unsigned)hash, (unsigned)NET_WEIGHTS_HASH);
    return hash == NET_WEIGHTS_HASH ? 0 : 1;
}

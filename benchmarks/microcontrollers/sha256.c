#include "sha256.h"

static const uint32_t constants[64] = {
    0x428A2F98u, 0x71374491u, 0xB5C0FBCFu, 0xE9B5DBA5u, 0x3956C25Bu, 0x59F111F1u, 0x923F82A4u, 0xAB1C5ED5u,
    0xD807AA98u, 0x12835B01u, 0x243185BEu, 0x550C7DC3u, 0x72BE5D74u, 0x80DEB1FEu, 0x9BDC06A7u, 0xC19BF174u,
    0xE49B69C1u, 0xEFBE4786u, 0x0FC19DC6u, 0x240CA1CCu, 0x2DE92C6Fu, 0x4A7484AAu, 0x5CB0A9DCu, 0x76F988DAu,
    0x983E5152u, 0xA831C66Du, 0xB00327C8u, 0xBF597FC7u, 0xC6E00BF3u, 0xD5A79147u, 0x06CA6351u, 0x14292967u,
    0x27B70A85u, 0x2E1B2138u, 0x4D2C6DFCu, 0x53380D13u, 0x650A7354u, 0x766A0ABBu, 0x81C2C92Eu, 0x92722C85u,
    0xA2BFE8A1u, 0xA81A664Bu, 0xC24B8B70u, 0xC76C51A3u, 0xD192E819u, 0xD6990624u, 0xF40E3585u, 0x106AA070u,
    0x19A4C116u, 0x1E376C08u, 0x2748774Cu, 0x34B0BCB5u, 0x391C0CB3u, 0x4ED8AA4Au, 0x5B9CCA4Fu, 0x682E6FF3u,
    0x748F82EEu, 0x78A5636Fu, 0x84C87814u, 0x8CC70208u, 0x90BEFFFAu, 0xA4506CEBu, 0xBEF9A3F7u, 0xC67178F2u,
};

static uint32_t rotated(uint32_t word, uint32_t places)
{
    return (word >> places) | (word << (32u - places));
}

/* One block of 64 bytes, which lies in the first 16 words. */
static void add_block(uint32_t state[8], uint32_t words[64])
{
    uint32_t v[8];
    for (uint32_t i = 16u; i < 64u; i++) {
        const uint32_t a = words[i - 15u], b = words[i - 2u];
        words[i] = words[i - 16u] + (rotated(a, 7u) ^ rotated(a, 18u) ^ (a >> 3)) + words[i - 7u] + (rotated(b, 17u) ^ rotated(b, 19u) ^ (b >> 10));
    }
    for (uint32_t i = 0u; i < 8u; i++) {
        v[i] = state[i];
    }
    for (uint32_t i = 0u; i < 64u; i++) {
        const uint32_t first = v[7] + (rotated(v[4], 6u) ^ rotated(v[4], 11u) ^ rotated(v[4], 25u)) + ((v[4] & v[5]) ^ (~v[4] & v[6])) + constants[i] + words[i];
        const uint32_t second = (rotated(v[0], 2u) ^ rotated(v[0], 13u) ^ rotated(v[0], 22u)) + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
        for (uint32_t j = 7u; j > 0u; j--) {
            v[j] = v[j - 1u];
        }
        v[4] += first;
        v[0] = first + second;
    }
    for (uint32_t i = 0u; i < 8u; i++) {
        state[i] += v[i];
    }
}

void sha256(const void *bytes, uint32_t count, char digits[65])
{
    uint32_t state[8] = {0x6A09E667u, 0xBB67AE85u, 0x3C6EF372u, 0xA54FF53Au, 0x510E527Fu, 0x9B05688Cu, 0x1F83D9ABu, 0x5BE0CD19u};
    uint32_t words[64];
    const unsigned char *from = (const unsigned char *)bytes;
    const uint32_t blocks = (count + 8u) / 64u + 1u;
    for (uint32_t block = 0u; block < blocks; block++) {
        for (uint32_t i = 0u; i < 16u; i++) {
            words[i] = 0u;
        }
        for (uint32_t i = 0u; i < 64u; i++) {
            const uint32_t at = 64u * block + i, byte = at < count ? from[at] : at == count ? 0x80u : 0u;
            words[i / 4u] |= byte << (24u - 8u * (i & 3u));
        }
        if (block + 1u == blocks) {
            words[15] = 8u * count;
        }
        add_block(state, words);
    }
    for (uint32_t i = 0u; i < 64u; i++) {
        digits[i] = "0123456789abcdef"[(state[i / 8u] >> (28u - 4u * (i & 7u))) & 15u];
    }
    digits[64] = '\0';
}

/* The time of a training step with as many samples as the network was exported for: the least of many, in microseconds. */
#define _POSIX_C_SOURCE 199309L
#include "net.h"
#include <stdio.h>
#include <time.h>

#define SECONDS 1.0

static net_parameters parameters;
static net_optimizer optimizer;
static net_training_workspace workspace;
static float inputs[NET_BATCH_SIZE * NET_INPUT_LENGTH];
static int32_t classes[NET_BATCH_SIZE];

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

int main(void)
{
    const double start = now();
    double least = 1.0;
    float loss;
    for (int32_t i = 0; i < NET_BATCH_SIZE * NET_INPUT_LENGTH; i++) {
        inputs[i] = (float)(i * 37 % 101 - 50) / 64.0f;
    }
    for (int32_t i = 0; i < NET_BATCH_SIZE; i++) {
        classes[i] = i % NET_OUTPUT_LENGTH;
    }
    (void)net_initialize(&parameters, 42);
    (void)net_start(&optimizer);
    optimizer.learning_rate = 0.001f;
    while (now() - start < SECONDS) {
        const double before = now();
        if (net_train_step(&parameters, &optimizer, inputs, classes, NET_BATCH_SIZE, &workspace, &loss) != NET_OK) {
            return 1;
        }
        const double taken = now() - before;
        least = taken < least ? taken : least;
    }
    printf("%.3f\n", least * 1e6);
    return 0;
}

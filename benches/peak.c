// What the instructions of the int8 kernels can do at most on this machine, in billions of products of bytes a second on one core:
//
//     cc -O2 -mavx512f benches/peak.c -o peak && ./peak       (needs AVX-512 VNNI)
//
// Twelve independent sums in registers, nothing loaded or stored. Time is the process's own, so that others on the machine count little.
#include <stdio.h>
#include <time.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

#define EACH(x) x(0) x(1) x(2) x(3) x(4) x(5) x(6) x(7) x(8) x(9) x(10) x(11)
#define VNNI_512(sum) "vpdpbusd %%zmm30, %%zmm31, %%zmm" #sum "\n"
#define VNNI_256(sum) "vpdpbusd %%ymm30, %%ymm31, %%ymm" #sum "\n"
#define AVX2(sum) \
    "vpmaddubsw %%ymm13, %%ymm14, %%ymm12\n vpmaddwd %%ymm15, %%ymm12, %%ymm12\n vpaddd %%ymm12, %%ymm" #sum ", %%ymm" #sum "\n"
#define F32_512(sum) "vfmadd231ps %%zmm30, %%zmm31, %%zmm" #sum "\n"

#define MEASURE(name, body, products)                                                                            \
    {                                                                                                            \
        long rounds = 200000000;                                                                                 \
        double start = now();                                                                                    \
        __asm__ volatile("1:\n" body "dec %0\n jnz 1b\n"                                                         \
                         : "+r"(rounds)::"xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", \
                           "xmm9", "xmm10", "xmm11", "xmm12");                                                   \
        printf("%-24s %4.0f\n", name, products * 12 * 200000000. / (now() - start) / 1e9);                       \
    }

int main(void) {
    MEASURE("avx512-vnni", EACH(VNNI_512), 64)
    MEASURE("avx-vnni (as AVX-512VL)", EACH(VNNI_256), 32)
    MEASURE("avx2", EACH(AVX2), 32)
    MEASURE("f32, 512 bits", EACH(F32_512), 16)
}

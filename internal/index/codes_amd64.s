#include "textflag.h"

// func dotCodes(query *int16, codes *int8, n int) int32
// Requires: AVX2
TEXT ·dotCodes(SB), NOSPLIT, $0-28
	MOVQ  query+0(FP), DI
	MOVQ  codes+8(FP), SI
	MOVQ  n+16(FP), CX
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1

loop:
	PREFETCHT0 2048(SI)
	VPMOVSXBW  (SI), Y2
	VPMOVSXBW  16(SI), Y3
	VPMADDWD   (DI), Y2, Y2
	VPMADDWD   32(DI), Y3, Y3
	VPADDD     Y2, Y0, Y0
	VPADDD     Y3, Y1, Y1
	ADDQ       $32, SI
	ADDQ       $64, DI
	SUBQ       $32, CX
	JNZ        loop

	VPADDD       Y1, Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	VPADDD       X1, X0, X0
	VPSHUFD      $0x4E, X0, X1
	VPADDD       X1, X0, X0
	VPSHUFD      $0xB1, X0, X1
	VPADDD       X1, X0, X0
	VMOVD        X0, AX
	VZEROUPPER
	MOVL         AX, ret+24(FP)
	RET

// Four scores at place i: their bits come below those of the places after them.
#define FOUR(i) \
	VCMPPD $2, (32*i)(SI), Y0, Y1 \
	VMOVMSKPD Y1, DX              \
	SHLQ $4, AX                   \
	ORQ  DX, AX

// func markScores(scores *float64, least float64, marks *uint64, words int)
TEXT ·markScores(SB), NOSPLIT, $0-32
	MOVQ         scores+0(FP), SI
	VBROADCASTSD least+8(FP), Y0
	MOVQ         marks+16(FP), DI
	MOVQ         words+24(FP), CX

word:
	XORQ AX, AX
	FOUR(15)
	FOUR(14)
	FOUR(13)
	FOUR(12)
	FOUR(11)
	FOUR(10)
	FOUR(9)
	FOUR(8)
	FOUR(7)
	FOUR(6)
	FOUR(5)
	FOUR(4)
	FOUR(3)
	FOUR(2)
	FOUR(1)
	FOUR(0)
	MOVQ AX, (DI)
	ADDQ $512, SI
	ADDQ $8, DI
	DECQ CX
	JNZ  word
	VZEROUPPER
	RET

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

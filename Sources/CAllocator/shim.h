/* mallopt(3) and its parameters, which the module of the C library leaves out. */
#include <malloc.h>

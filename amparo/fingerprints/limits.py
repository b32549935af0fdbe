"""What the box accepts at most. The limits are on our side: nothing a picture says moves them."""

MAX_BYTES = 100_000_000
"""Largest file read, in bytes. A 50-megapixel photo is about 25 MB."""

MAX_PIXELS = 50_000_000
"""Largest picture, in pixels (width times height)."""

MAX_SIDE = 20_000
"""Longest side, in pixels: a picture of 2,000,000 x 1 has few pixels and is still no photo."""

MAX_TEXT_BYTES = 64 * 1024
"""Longest text inside a PNG, in bytes."""

RASTER_PIXELS = 160_000
"""A picture to be matched is reduced to about this many pixels, and never enlarged."""

WALL_S = 10.0
"""Seconds a picture may take, start of the worker included; then the worker is ended."""

CPU_S = 10
"""Seconds of processor time for the worker."""

MEMORY_BYTES = 1024**3
"""Address space of the worker, interpreter and libraries included."""

MIN_QUALITY = 50
"""PDQ quality (0 to 100) below which a fingerprint says too little: flat or blurred pictures look alike."""

MAX_DISTANCE_BITS = 31
"""Two PDQ fingerprints this close, of 256 bits, show the same picture (the published threshold)."""

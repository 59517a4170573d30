"""Pictures without their metadata: JPEG, PNG, WebP and GIF. The pixels, the turn and the colour profile stay.

Each module has a function from the bytes of a picture to a `StrippedPicture`, which copies what is known to belong to
the picture and leaves out all else. What is not understood is refused, never copied.
"""

"""What people write instead of the language's own signs and words: named once, and mended so that parsing goes on."""

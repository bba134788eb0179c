"""People at risk: asked, granted, declined, lifted; and not one byte of who they are where it must not be."""

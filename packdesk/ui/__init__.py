"""Windows and widgets. Setters in, signals out: they show what they are given and emit what the user wants.

By place: `window` has the frame, its commands and messages, and connects everything (`wiring`); `view` is the
package in 3D, `flat` the flat view, `package` and `artwork` are the docks, `dialogs` what opens above. What
they share stands here.
"""

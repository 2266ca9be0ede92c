/* The big screen: each module does one thing and hears of the others by events of the document.

   figures   { detail: everything the server told }, after each answer with something new
   alive     after each answer, also one without anything new
   away      the server cannot be reached; what is shown stays
   ended     the address of this screen holds no longer
   view      { detail: "figures" | "code" | "pledge" }, after another one is shown */

import "./figures.js";
import "./fit.js";
import "./rate.js";
import "./link.js";
import "./pages.js";
import "./pledge.js";
import "./views.js";
import "./controls.js";
import "./awake.js";
import "./poll.js";

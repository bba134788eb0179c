// A page that answers a refused post: Back and Reload read its address anew instead of asking to send it all again.
history.replaceState(history.state, "", location.href);

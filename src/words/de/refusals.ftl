# Jedes höfliche Nein, und was man tun kann.
